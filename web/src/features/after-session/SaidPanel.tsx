import { useTranslation } from 'react-i18next';
import { useDates } from '../../time/useDates';
import { SaidList } from './SaidList';
import type { Contribution, Said } from './types';

interface SaidPanelProps {
  said: readonly Said[];
  meId: string | undefined;
  currentId: string | null;
  onChoose: (item: { id: string; startMs: number }) => void;
}

/** "Uit de sessie van dinsdag": what was said about this film, only to read; nothing where there is none. */
export function SaidPanel({ said, meId, currentId, onChoose }: SaidPanelProps) {
  const { t } = useTranslation('afterSession');
  const dates = useDates();
  if (said.length === 0) return null;
  const goTo = ({ id, startMs = 0 }: Contribution, time: string) => (
    <button type="button" className="vs-note__time" onClick={() => onChoose({ id, startMs })}>
      <span className="vs-visually-hidden">{t('said.goTo')} </span>
      {time}
    </button>
  );
  return (
    <div className="vs-said-panel">
      {said.map(({ sessionId, at, contributions }) => (
        <section key={sessionId} aria-labelledby={`said-${sessionId}`}>
          <h2 id={`said-${sessionId}`} className="utrecht-heading-3">
            {t('said.in', { day: dates.day(at) })}
          </h2>
          <SaidList items={contributions} meId={meId} currentId={currentId} goTo={goTo} />
        </section>
      ))}
      <p className="vs-subtle">{t('said.only')}</p>
      <p className="vs-subtle">{t('said.where')}</p>
    </div>
  );
}
