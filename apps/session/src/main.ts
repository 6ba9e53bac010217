import { runService } from '@voltledger/platform';
import { sessionService } from './app.module';

void runService(sessionService, process.env);
