import { runService } from '@voltledger/platform';
import { roamingOicpService } from './app.module';

void runService(roamingOicpService, process.env);
