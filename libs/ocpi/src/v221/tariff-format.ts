import { type TariffFormat } from '../shared/tariff-format';
import { tariffOut } from './tariff';
import { tariffIn } from './tariff-in';
import { VERSION } from './version-details';

/** Tariffs as OCPI 2.2.1 writes them. */
export const tariffFormat: TariffFormat = { version: VERSION, read: tariffIn, write: tariffOut };
