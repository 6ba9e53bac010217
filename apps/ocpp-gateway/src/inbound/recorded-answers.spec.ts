import { type StationId } from '@voltledger/kernel';
import { RecordedAnswers } from './recorded-answers';

const CS1 = 'CS1' as StationId;

describe('recorded answers (OCPP-J-RPC-19, RPC-20)', () => {
  it('are given for the same id and content, on any connection of the station', () => {
    const answers = new RecordedAnswers();
    answers.keep(CS1, '1', { content: 'x', answer: 'A', at: 0 });
    expect(answers.find(CS1, '1', 'x', 1_000)).toBe('A');
    expect(answers.find(CS1, '1', 'other', 1_000)).toBeUndefined();
    expect(answers.find('CS2' as StationId, '1', 'x', 1_000)).toBeUndefined();
  });

  it('expire, and a boot ends them: the station counts anew', () => {
    const answers = new RecordedAnswers();
    answers.keep(CS1, '1', { content: 'x', answer: 'A', at: 0 });
    expect(answers.find(CS1, '1', 'x', 11 * 60_000)).toBeUndefined();
    answers.forget(CS1);
    expect(answers.find(CS1, '1', 'x', 0)).toBeUndefined();
  });

  it('are few per station', () => {
    const answers = new RecordedAnswers();
    for (let id = 0; id < 20; id += 1)
      answers.keep(CS1, String(id), { content: 'x', answer: 'A', at: 0 });
    expect(answers.find(CS1, '0', 'x', 0)).toBeUndefined();
    expect(answers.find(CS1, '19', 'x', 0)).toBe('A');
  });
});
