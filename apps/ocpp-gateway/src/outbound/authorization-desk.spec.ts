import { AuthorizationDesk } from './authorization-desk';

describe('questions that wait for a verdict', () => {
  it('OCPP-J-AUTH-08: get it, or nothing when the time is over; it is remembered for a repetition', async () => {
    const desk = new AuthorizationDesk();
    const asked = desk.verdictOn('q1', 60);
    expect(desk.settle('q1', { status: 'accepted', groupId: 'FLEET' })).toBe(true);
    await expect(asked).resolves.toEqual({ status: 'accepted', groupId: 'FLEET' });
    await expect(desk.verdictOn('q1', 60)).resolves.toEqual({
      status: 'accepted',
      groupId: 'FLEET',
    });
    await expect(desk.verdictOn('q2', 0.01)).resolves.toBeUndefined();
    expect(desk.settle('q2', { status: 'accepted' })).toBe(false);
    await expect(desk.verdictOn('q2', 60)).resolves.toEqual({ status: 'accepted' });
  });
});
