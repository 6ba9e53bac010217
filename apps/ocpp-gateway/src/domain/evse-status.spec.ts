import { type EvseStatus, evseStatus } from '@voltledger/contracts';
import * as fc from 'fast-check';
import { publicStatus } from './evse-status';

const connector = (number: number, status: EvseStatus, evse = 1) => ({
  evse,
  connector: number,
  status,
});
const online = (...known: ReturnType<typeof connector>[]) =>
  publicStatus({ online: true, stationEvse: 1, known });

describe('the public status of an EVSE (OCPP-J-STAT-03)', () => {
  it('is unknown while the station is away or has told nothing', () => {
    expect(
      publicStatus({ online: false, stationEvse: 1, known: [connector(1, 'AVAILABLE')] }),
    ).toBe('UNKNOWN');
    expect(online()).toBe('UNKNOWN');
    expect(online(connector(1, 'AVAILABLE', 2))).toBe('UNKNOWN');
  });

  it('is the word of the operator where there is one', () => {
    const fixed = 'PLANNED' as const;
    expect(
      publicStatus({ fixed, online: true, stationEvse: 1, known: [connector(1, 'AVAILABLE')] }),
    ).toBe('PLANNED');
  });

  it('one connector in use takes the EVSE, one that works makes it available', () => {
    expect(online(connector(1, 'CHARGING'), connector(2, 'AVAILABLE'))).toBe('CHARGING');
    expect(online(connector(1, 'OUTOFORDER'), connector(2, 'AVAILABLE'))).toBe('AVAILABLE');
    expect(online(connector(1, 'OUTOFORDER'), connector(2, 'INOPERATIVE'))).toBe('OUTOFORDER');
    expect(online(connector(1, 'RESERVED'), connector(2, 'AVAILABLE'))).toBe('RESERVED');
  });

  it('a station or EVSE out of service is so with all its connectors', () => {
    expect(online(connector(0, 'INOPERATIVE', 0), connector(1, 'AVAILABLE'))).toBe('INOPERATIVE');
    expect(online(connector(0, 'OUTOFORDER'), connector(1, 'AVAILABLE'))).toBe('OUTOFORDER');
    expect(online(connector(0, 'AVAILABLE', 0), connector(1, 'CHARGING'))).toBe('CHARGING');
  });

  it('does not depend on the order in which things were told', () => {
    const status = fc.constantFrom(...evseStatus.options);
    const known = fc.array(fc.record({ evse: fc.nat(1), connector: fc.nat(2), status }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(5), { minLength: 6 }), known, (order, told) => {
        const shuffled = order.flatMap((at) => told[at] ?? []);
        const whole = told.filter(({ evse, connector: number }) => evse === 0 || number === 0);
        fc.pre(whole.length <= 1);
        expect(online(...shuffled)).toBe(online(...told));
      }),
    );
  });
});
