import { type Connector } from '@voltledger/contracts';
import { sampleLocation } from '@voltledger/testing';
import { chargingPlace, onlyPlace } from './charging-place';

const {
  evses,
  updatedAt: _updatedAt,
  publish: _publish,
  operatorName: _name,
  ...place
} = sampleLocation(1);
const [{ status: _status, updatedAt: _at, ...evse }] = evses as [(typeof evses)[number]];
const [connector] = evse.connectors as [Connector];
const other = { ...connector, connectorId: 'B' };
const one = [{ place, evse }];
const two = [{ place, evse: { ...evse, connectors: [connector, other] } }];

describe('where a transaction takes place', () => {
  it('is the EVSE of that number, with its only connector', () => {
    expect(chargingPlace(one, 1)).toEqual({
      place,
      evse: { evseUid: 'EVSE-0001', evseId: 'DE*VLT*E0001*1', stationEvse: 1 },
      connector,
    });
    expect(chargingPlace(one, 2)).toBeUndefined();
    expect(chargingPlace(one, undefined)).toBeUndefined();
  });

  it('OCPP-2.0.1-TX-05: a connector that was not named is not the first', () => {
    expect(chargingPlace(two, 1)).not.toHaveProperty('connector');
    expect(chargingPlace(two, 1, 1)).toMatchObject({ connector });
    expect(chargingPlace(two, 1, 2)).toMatchObject({ connector: other });
    expect(chargingPlace(two, 1, 3)).not.toHaveProperty('connector');
  });

  it('a driver stands at the only EVSE there is', () => {
    expect(onlyPlace(one)).toEqual(chargingPlace(one, 1));
    expect(onlyPlace([...one, ...two])).toBeUndefined();
  });
});
