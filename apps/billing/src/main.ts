import { runService } from '@voltledger/platform';
import { billingService } from './app.module';

void runService(billingService, process.env);
