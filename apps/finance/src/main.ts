import { runService } from '@voltledger/platform';
import { financeService } from './app.module';

void runService(financeService, process.env);
