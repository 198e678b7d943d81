import { type SendingOptions, SendingTask } from './task';

const tasks = new Map<string, SendingTask>();
const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function updateWarning(): void {
  const underWay = [...tasks.values()].some((task) => task.isUnderWay);
  if (underWay) window.addEventListener('beforeunload', warn);
  else window.removeEventListener('beforeunload', warn);
}

/** The film under way for a conversation, if any. */
export function taskOf(conversationId: string): SendingTask | undefined {
  return tasks.get(conversationId);
}

export function subscribeToTasks(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function begin(options: SendingOptions): SendingTask {
  const task = new SendingTask(options);
  tasks.get(options.conversationId)?.abandon();
  tasks.set(options.conversationId, task);
  task.subscribe(updateWarning);
  task.start();
  changed();
  return task;
}

/** Forgets a task that has ended. */
export function clear(conversationId: string): void {
  tasks.get(conversationId)?.abandon();
  tasks.delete(conversationId);
  updateWarning();
  changed();
}

/** When someone signs out: nothing goes on in the background. */
export function abandonAll(): void {
  for (const task of tasks.values()) task.abandon();
  tasks.clear();
  updateWarning();
  changed();
}
