import { type Evse, type Place, type StationHome } from '@voltledger/contracts';
import { type StationId } from '@voltledger/kernel';
import { type Registration } from '@voltledger/ocpp';

/** What the registry knows of a station; a snapshot that is replaced when `revision` moves on. */
export interface StationRecord {
  readonly stationId: StationId;
  readonly revision: number;
  readonly passwordHash?: string;
  readonly securityProfile: number;
  /** Subprotocols it may speak; absent: all of ours. */
  readonly subprotocols?: readonly string[];
  readonly defaultSubprotocol?: string;
  /** What its next boot is answered. */
  readonly registration: Registration;
  /** What its last boot was answered. */
  readonly bootedAs?: Registration;
  readonly firmwareVersion?: string;
  /** Where it was moved to; absent: it is at home here. */
  readonly home?: StationHome;
  readonly anonymousAllowed: boolean;
  readonly logFrames: boolean;
  readonly evses: readonly PlacedEvse[];
}

export interface PlacedEvse {
  readonly place: Place;
  readonly evse: Omit<Evse, 'status' | 'updatedAt'>;
}
