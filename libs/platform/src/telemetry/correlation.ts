import { AsyncLocalStorage } from 'node:async_hooks';

interface Story {
  readonly correlationId: string;
  readonly requestId?: string;
}

const stories = new AsyncLocalStorage<Story>();

/** Whatever `work` logs, also later and asynchronously, carries these ids. */
export const correlated = <Result>(story: Story, work: () => Result): Result =>
  stories.run(story, work);

export const currentStory = (): Story | undefined => stories.getStore();
