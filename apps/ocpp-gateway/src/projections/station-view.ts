import { evseStatus } from '@voltledger/contracts';
import { ocppVersions, registrations } from '@voltledger/ocpp';
import { z } from 'zod';

const at = z.string();
const registration = z.enum(registrations);

/** A station as the operator API shows it: no password, no hash of one. */
export const stationView = z.object({
  stationId: z.string(),
  securityProfile: z.int(),
  subprotocols: z.array(z.enum([...ocppVersions.keys()])).optional(),
  defaultSubprotocol: z.string().optional(),
  registration,
  anonymousAllowed: z.boolean(),
  logFrames: z.boolean(),
  /** Absent: it never connected. */
  connection: z
    .object({
      online: z.boolean(),
      subprotocol: z.string(),
      instance: z.string(),
      address: z.string(),
      connectedAt: at,
      seenAt: at,
      disconnectedAt: at.optional(),
    })
    .optional(),
  /** Absent: it never booted. */
  boot: z.object({ answered: registration, at, told: z.record(z.string(), z.string()) }).optional(),
  updatedAt: at,
});

export const stationDetail = stationView.extend({
  evses: z.array(
    z.object({
      evseUid: z.string(),
      evseId: z.string(),
      stationEvse: z.int(),
      locationId: z.string(),
      status: evseStatus,
    }),
  ),
  connectors: z.array(
    z.object({
      evse: z.int(),
      connector: z.int(),
      status: evseStatus,
      reported: z.string(),
      detail: z.record(z.string(), z.unknown()),
      at,
    }),
  ),
  openTransactions: z.array(
    z.object({
      transactionId: z.string(),
      evse: z.int().optional(),
      startedAt: at,
    }),
  ),
  telemetry: z.array(z.object({ evse: z.int(), at, told: z.unknown() })),
});

export type StationView = z.output<typeof stationView>;
export type StationDetail = z.output<typeof stationDetail>;
