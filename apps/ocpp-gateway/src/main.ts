import { runService } from '@voltledger/platform';
import { ocppGatewayService } from './app.module';

void runService(ocppGatewayService, process.env);
