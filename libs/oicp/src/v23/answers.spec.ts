import { OWN_VECTORS, type OicpVector, oicpVectors } from '@voltledger/testing';
import { acknowledgementIn, authorizationIn, isWorthRepeating } from './answers';
import { CALLED, SERVED, pathOf, servedAt } from './operations';
import { remoteStartIn, remoteStopIn } from './remote';
import { meaningOf } from './status-codes';

describe('answers of the broker', () => {
  const answers = oicpVectors(OWN_VECTORS).filter(({ http }) => http);

  const read = ({ http, body, path = '' }: OicpVector) => {
    const answer = { status: http?.status ?? 0, text: http?.text ?? JSON.stringify(body) };
    return path.endsWith('authorize/start') ? authorizationIn(answer) : acknowledgementIn(answer);
  };
  const OUTCOMES: Readonly<Record<string, string>> = {
    success: 'accepted',
    rejected: 'refused',
    not_authorized: 'refused',
    error: 'refused',
    throttled: 'throttled',
  };

  it.each(answers)('OICP-ACK-01 OICP-ACK-02 OICP-ACK-07 understands $id', (vector) => {
    const { outcome = '', fields } = vector.expect ?? {};
    expect(read(vector).outcome).toBe(fields ? 'invalid' : OUTCOMES[outcome]);
  });

  it.each(answers)('OICP-COD-04 OICP-TRN-05 knows what to do about $id', (vector) => {
    const { code, alarm, retry = false } = vector.expect ?? {};
    const answer = read(vector);
    expect(isWorthRepeating(answer)).toBe(retry);
    if (answer.outcome !== 'refused') return;
    if (code) expect(answer.code).toBe(code);
    expect('alarm' in meaningOf(answer.code)).toBe(alarm !== undefined);
  });

  it('OICP-ACK-03 maps the broker’s camelCase references back to our members', () => {
    const vector = answers.find(({ id }) => id === 'w-resp-02');
    const answer = acknowledgementIn({ status: 400, text: JSON.stringify(vector?.body) });
    expect(answer).toEqual({
      outcome: 'invalid',
      problems: [
        { pointer: '/OperatorEvseData/EvseDataRecord/0/Plugs', problem: 'may not be empty' },
        {
          pointer: '/OperatorEvseData/EvseDataRecord/0/HotlinePhoneNumber',
          problem: 'must match "^\\+[0-9]{5,15}$"',
        },
      ],
    });
  });
});

describe('requests the broker forwards', () => {
  const forwarded = (id: string) => {
    const vector = oicpVectors(OWN_VECTORS).find((each) => each.id === id);
    return { path: vector?.path ?? '', body: vector?.body };
  };

  it('OICP-TRN-08 OICP-TRN-12 reads a remote start with null members', () => {
    const { path, body } = forwarded('w-fwd-cpo-01');
    const at = servedAt(path);
    expect(at).toEqual({ operation: 'remoteStart', id: 'DE*T02' });
    expect(remoteStartIn(body, at?.id ?? '')).toEqual({
      request: expect.objectContaining({
        oicpSessionId: '5b1c6f0e-7d2a-4a53-9a51-0c7be0d1f2a3',
        providerId: 'DE*T02',
        evseId: 'DE*T01*E100*1',
        evcoId: 'DE*T02*000071*6',
      }),
    });
  });

  it('OICP-TRN-08 reads a remote stop whose path has an encoded star', () => {
    const { path, body } = forwarded('w-fwd-cpo-05');
    const at = servedAt(path);
    expect(at).toEqual({ operation: 'remoteStop', id: 'DE*T02' });
    expect(remoteStopIn(body, at?.id ?? '')).toHaveProperty('request.evseId', 'DE*T01*E100*1');
  });

  it('OICP-OPS-01 OICP-OPS-02 knows the reservation paths, and no others', () => {
    expect(servedAt(forwarded('w-fwd-cpo-06').path)?.operation).toBe('reservationStart');
    expect(servedAt('/api/oicp/charging/v21/providers/a/b/authorize-remote/start')).toBeUndefined();
    expect(servedAt('/api/oicp/charging/v21/providers/%E0%A4%A/authorize-remote/stop')).toBe(
      undefined,
    );
    expect(Object.keys(SERVED)).toHaveLength(4);
  });

  it('OICP-OPS-07 lists each operation with its own service version', () => {
    const table = [...Object.values(CALLED), ...Object.values(SERVED)].map((operation) => [
      operation.name,
      operation.serviceVersion,
      pathOf(operation, 'DE*T01'),
    ]);
    expect(table).toMatchInlineSnapshot(`
     [
       [
         "AuthorizeStart",
         "2.1",
         "/api/oicp/charging/v21/operators/DE*T01/authorize/start",
       ],
       [
         "AuthorizeStop",
         "2.1",
         "/api/oicp/charging/v21/operators/DE*T01/authorize/stop",
       ],
       [
         "PushEvseData",
         "2.3",
         "/api/oicp/evsepush/v23/operators/DE*T01/data-records",
       ],
       [
         "PushEvseStatus",
         "2.1",
         "/api/oicp/evsepush/v21/operators/DE*T01/status-records",
       ],
       [
         "ChargingNotifications",
         "1.1",
         "/api/oicp/notificationmgmt/v11/charging-notifications",
       ],
       [
         "ChargeDetailRecord",
         "2.2",
         "/api/oicp/cdrmgmt/v22/operators/DE*T01/charge-detail-record",
       ],
       [
         "AuthorizeRemoteStart",
         "2.1",
         "/api/oicp/charging/v21/providers/DE*T01/authorize-remote/start",
       ],
       [
         "AuthorizeRemoteStop",
         "2.1",
         "/api/oicp/charging/v21/providers/DE*T01/authorize-remote/stop",
       ],
       [
         "AuthorizeRemoteReservationStart",
         "1.1",
         "/api/oicp/reservation/v11/providers/DE*T01/reservation-start-request",
       ],
       [
         "AuthorizeRemoteReservationStop",
         "1.1",
         "/api/oicp/reservation/v11/providers/DE*T01/reservation-stop-request",
       ],
     ]
    `);
  });
});
