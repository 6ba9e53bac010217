import { callHubject, vectorBody as vector } from './hubject-caller';
import { HubjectStandIn } from './hubject-stand-in';

let hubject: HubjectStandIn;

beforeEach(async () => {
  hubject = await HubjectStandIn.start({
    operators: [{ operatorId: 'DE*T01', subOperatorIds: ['AT*T01'] }],
  });
});
afterEach(() => hubject.close());

const post = (path: string, body: unknown) => callHubject(hubject.url, path, body);

const DATA = 'evsepush/v23/operators/DE*T01/data-records';
const STATUS = 'evsepush/v21/operators/DE*T01/status-records';

describe('the stand-in broker, told about EVSEs', () => {
  it('OICP-HBS-01 answers an unknown path with 001', async () => {
    const answer = await post('evsepush/v23/operators/DE*T01/status-records', {});
    expect([answer.status, answer.code]).toEqual([500, '001']);
  });

  it('OICP-HBS-03 knows its partners: 300 for a stranger, 017 for a foreign id in the body', async () => {
    const body = vector('w-evse-01');
    expect((await post(DATA.replace('DE*T01', 'DE*XXX'), body)).code).toBe('300');
    (body['OperatorEvseData'] as Record<string, unknown>)['OperatorID'] = 'DET01';
    const foreign = await post(DATA, body);
    expect([foreign.status, foreign.code]).toEqual([401, '017']);
  });

  it('OICP-TRN-12 fills absent members with null and names the process', async () => {
    const answer = await post(DATA, vector('w-evse-01'));
    expect(answer.json).toEqual({
      Result: true,
      StatusCode: { Code: '000', Description: null, AdditionalInfo: null },
      SessionID: null,
      CPOPartnerSessionID: null,
      EMPPartnerSessionID: null,
    });
    expect(answer.headers.get('process-id')).toBeTruthy();
  });

  it('OICP-HBS-13 answers broken JSON members with 400 in camel case', async () => {
    const body = vector('w-evse-01');
    const [record] = (body['OperatorEvseData'] as { EvseDataRecord: Record<string, unknown>[] })
      .EvseDataRecord;
    delete record?.['Address'];
    Object.assign(record ?? {}, { Plugs: [], HotlinePhoneNumber: '040 1' });
    const answer = await post(DATA, body);
    expect(answer.status).toBe(400);
    const errors = answer.json['validationErrors'] as { fieldReference: string }[];
    expect(errors.map(({ fieldReference }) => fieldReference).sort()).toEqual([
      'operatorEvseData.evseDataRecord[0].address',
      'operatorEvseData.evseDataRecord[0].hotlinePhoneNumber',
      'operatorEvseData.evseDataRecord[0].plugs',
    ]);
  });

  it.each([
    ['w-evse-10', '018'],
    ['w-evse-01', '000'],
    ['w-evse-02', '000'],
  ])('OICP-HBS-03 takes %s with %s', async (id, code) => {
    expect((await post(DATA, vector(id))).code).toBe(code);
  });

  it('OICP-EVSE-04 OICP-EVSE-07 refuses to insert twice, and the same EVSE twice in one push', async () => {
    const body = vector('w-evse-01');
    await post(DATA, body);
    expect((await post(DATA, body)).code).toBe('009');
    const data = body['OperatorEvseData'] as { EvseDataRecord: unknown[] };
    data.EvseDataRecord.push(data.EvseDataRecord[0]);
    expect((await post(DATA, { ...body, ActionType: 'update' })).code).toBe('018');
  });

  it('OICP-STA-10 refuses a status without data, and forgets statuses with their data', async () => {
    expect((await post(STATUS, vector('w-evse-12'))).code).toBe('009');
    await post(DATA, vector('w-evse-01'));
    expect((await post(STATUS, { ...vector('w-evse-12'), ActionType: 'insert' })).code).toBe('000');
    expect(hubject.broker.evsesOf('DE*T01').status('DET01E1001')).toBe('Occupied');
    await post(DATA, vector('w-evse-02'));
    expect(hubject.broker.evsesOf('DE*T01').status('DET01E1001')).toBeUndefined();
  });

  it('OICP-HBS-08 takes one push at a time: the second in parallel gets 009', async () => {
    hubject.trouble('pushEvseData', { kind: 'delay', milliseconds: 100 });
    const codes = await Promise.all([
      post(DATA, vector('w-evse-01')).then(({ code }) => code),
      new Promise((resolve) => setTimeout(resolve, 30)).then(() =>
        post(DATA, { ...vector('w-evse-01'), ActionType: 'fullLoad' }).then(({ code }) => code),
      ),
    ]);
    expect(codes).toEqual(['000', '009']);
  });
});
