import { Button } from '@utrecht/component-library-react';
import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../time/timecode';
import type { Contribution } from './types';

/** What one can do to a contribution, where one can. */
export interface ItemActions {
  /** Its place in ms from the start of the fragment that is on; undefined for another one, and without a place. */
  shown: (item: Contribution) => { fromMs: number; toMs?: number } | undefined;
  /** Goes there, for who moves the film. */
  onGo?: ((item: Contribution) => void) | undefined;
  onEdit?: ((item: Contribution) => void) | undefined;
  onDelete?: ((item: Contribution) => void) | undefined;
  /** For who can answer now. */
  onAnswer?: ((item: Contribution) => void) | undefined;
}

const SHORT = 40;

interface ContributionItemProps extends ItemActions {
  item: Contribution;
  mine: boolean;
  current: boolean;
}

/** One contribution: what it is, of whom, where in the film, and the words. */
export function ContributionItem(props: ContributionItemProps) {
  const { item, mine, current, shown, onGo, onEdit, onDelete, onAnswer } = props;
  const { t } = useTranslation('sessionRun');
  const name = mine ? t('list.you') : item.author.name;
  const timeOf = ({ fromMs, toMs }: NonNullable<ReturnType<ItemActions['shown']>>) =>
    toMs === undefined
      ? formatTimecode(fromMs)
      : t('list.part', { from: formatTimecode(fromMs), to: formatTimecode(toMs) });
  const at = shown(item);
  const time = at === undefined ? null : timeOf(at);
  const text = item.body.length > SHORT ? `${item.body.slice(0, SHORT)}…` : item.body;
  const actions: [string, ((item: Contribution) => void) | undefined][] = [
    [
      t('list.answer'),
      item.kind === 'question' && item.parentId === undefined && !mine ? onAnswer : undefined,
    ],
    [t('list.edit'), mine && item.can.edit ? onEdit : undefined],
    [t('list.delete'), mine && item.can.remove ? onDelete : undefined],
  ];
  return (
    <article className="vs-said-item" aria-current={current ? 'true' : undefined}>
      <p className="vs-said-item__head">
        {time !== null &&
          (onGo ? (
            <button type="button" className="vs-note__time" onClick={() => onGo(item)}>
              <span className="vs-visually-hidden">{t('list.goTo')} </span>
              {time}
            </button>
          ) : (
            <span className="vs-said-item__time">{time}</span>
          ))}
        <span className="vs-said-item__who">{name}</span>
        <span className="vs-subtle">{t(`kinds.${item.kind}`)}</span>
      </p>
      <p className="vs-said-item__body">{item.body}</p>
      {actions.some(([, act]) => act) && (
        <div className="vs-note__actions">
          {actions.map(
            ([label, act]) =>
              act && (
                <Button key={label} appearance="subtle-button" onClick={() => act(item)}>
                  {label}
                  <span className="vs-visually-hidden">{t('list.of', { name, text })}</span>
                </Button>
              ),
          )}
        </div>
      )}
    </article>
  );
}
