import { type StationId } from '@voltledger/kernel';

/**
 * The station has another connection by now, or was given up: what came on this one is not written.
 * It gets no answer either, so that the station says it again where it is connected (OCPP-J-CONN-11).
 */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';

  constructor(stationId: StationId) {
    super(`${stationId} is connected elsewhere by now`);
  }
}
