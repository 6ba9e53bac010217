import { type TariffFormat } from '../shared/tariff-format';
import { tariffOut } from './tariff';
import { tariffIn } from './tariff-in';

/** Tariffs as OCPI 2.1.1 writes them. */
export const tariffFormat: TariffFormat = { version: '2.1.1', read: tariffIn, write: tariffOut };
