import { type EvseStatus } from '@voltledger/contracts';
import { outcomeOfStart, outcomeOfStop, refusalBeforeStart } from './remote-control';

describe('what a remote start comes to', () => {
  it.each([
    ['AVAILABLE', undefined],
    ['BLOCKED', undefined],
    ['CHARGING', undefined],
    ['UNKNOWN', undefined],
    ['RESERVED', 'reserved'],
    ['INOPERATIVE', 'out of service'],
    ['OUTOFORDER', 'out of service'],
    ['PLANNED', 'unknown EVSE'],
    ['REMOVED', 'unknown EVSE'],
  ] satisfies [EvseStatus, string | undefined][])(
    'OICP-RMT-04 an EVSE that is %s: %s',
    (status, refusal) => {
      expect(refusalBeforeStart({ status, isRemoteControlled: true })).toBe(refusal);
    },
  );

  it('22.8 an EVSE without remote control does not support it', () => {
    const evse = { status: 'AVAILABLE', isRemoteControlled: false } as const;
    expect(refusalBeforeStart(evse)).toBe('not supported');
  });

  it.each([
    ['accepted', 'CHARGING', 'accepted'],
    ['late', 'AVAILABLE', 'no answer from the station'],
    ['offline', 'UNKNOWN', 'no answer from the station'],
    ['timeout', 'AVAILABLE', 'no answer from the station'],
    ['error', 'AVAILABLE', 'internal failure'],
    ['rejected', 'AVAILABLE', 'rejected by the station'],
    ['rejected', 'CHARGING', 'occupied'],
    ['rejected', 'OUTOFORDER', 'out of service'],
    ['rejected', 'RESERVED', 'reserved'],
    ['refused', 'AVAILABLE', 'rejected by the station'],
    ['unknown', 'AVAILABLE', 'rejected by the station'],
  ] as const)('OICP-RMT-04 22.8 %s while %s: %s', (answer, status, outcome) => {
    expect(outcomeOfStart(answer, status)).toBe(outcome);
  });
});

describe('what a remote stop comes to', () => {
  it.each([
    ['accepted', 'accepted'],
    ['unknown', 'accepted'],
    ['rejected', 'rejected by the station'],
    ['late', 'no answer from the station'],
    ['offline', 'no answer from the station'],
    ['timeout', 'no answer from the station'],
    ['error', 'internal failure'],
  ] as const)('OICP-RMT-09 22.8 %s: %s', (answer, outcome) => {
    expect(outcomeOfStop(answer)).toBe(outcome);
  });
});
