import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTimecode } from '../../time/timecode';
import type { Contribution } from './types';

const span = ({ startMs, endMs }: Contribution): string | null => {
  if (startMs === undefined) return null;
  return endMs === undefined
    ? formatTimecode(startMs)
    : `${formatTimecode(startMs)} – ${formatTimecode(endMs)}`;
};

interface SaidListProps {
  items: readonly Contribution[];
  meId: string | undefined;
  currentId?: string | null;
  /** Its time, as the way to that place in the film; plain text without it. */
  goTo?: (item: Contribution, time: string) => ReactNode;
}

function SaidItem({ item, meId, currentId, goTo }: Omit<SaidListProps, 'items'> & { item: Contribution }) {
  const { t } = useTranslation(['afterSession', 'sessionRun']);
  const time = span(item);
  return (
    <article className="vs-said-item" aria-current={item.id === currentId ? 'true' : undefined}>
      <p className="vs-said-item__head">
        {time !== null && (goTo ? goTo(item, time) : <span className="vs-said-item__time">{time}</span>)}
        <span className="vs-said-item__who">
          {item.author.id === meId ? t('said.you') : item.author.name}
        </span>
        <span className="vs-subtle">{t(`sessionRun:kinds.${item.kind}`)}</span>
      </p>
      <p className="vs-said-item__body">{item.body}</p>
    </article>
  );
}

/** What people said, in the order of the film, each answer under its question. Only to read. */
export function SaidList({ items, ...how }: SaidListProps) {
  const answers = items.filter(({ parentId }) => parentId !== undefined);
  return (
    <ul className="vs-written__list">
      {items
        .filter(({ parentId }) => parentId === undefined)
        .map((item) => (
          <li key={item.id}>
            <SaidItem item={item} {...how} />
            {answers.some(({ parentId }) => parentId === item.id) && (
              <ul className="vs-written__answers">
                {answers
                  .filter(({ parentId }) => parentId === item.id)
                  .map((answer) => (
                    <li key={answer.id}>
                      <SaidItem item={answer} meId={how.meId} />
                    </li>
                  ))}
              </ul>
            )}
          </li>
        ))}
    </ul>
  );
}
