import * as official from 'typed-ocpp/dist/ocpp16/schemas.js';
import { schemaSet } from '../rpc/schemas';

export const schemas = schemaSet(official);
