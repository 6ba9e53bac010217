import { runService } from '@voltledger/platform';
import { roamingOcpiService } from './app.module';

void runService(roamingOcpiService, process.env);
