import { runService } from '@voltledger/platform';
import { tariffService } from './app.module';

void runService(tariffService, process.env);
