import { Paragraph } from '@utrecht/component-library-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskFirst } from '../../ui/AskFirst';
import { ContributionItem, type ItemActions } from './ContributionItem';
import { byStep } from './shown';
import { isBlindNow, isShown, PREPARING } from './steps';
import type { Contribution, Session } from './types';
import { useText } from './words';

interface ContributionsProps extends ItemActions {
  session: Session;
  items: readonly Contribution[];
  meId: string | undefined;
  currentId: string | null;
  /** They came all at once, just now. */
  appearing: boolean;
}

function useStepName(session: Session) {
  const { t } = useTranslation('sessionRun');
  const text = useText();
  return (step: number) => {
    const name = session.protocol.steps[step]?.name;
    return step === PREPARING || !name ? t('preparing.name') : text(name);
  };
}

/** What was written, by step. What is still one's own alone is said to be so. */
export function Contributions(props: ContributionsProps) {
  const { session, items, meId, currentId, appearing, onDelete, ...actions } = props;
  const { t } = useTranslation(['sessionRun', 'app']);
  const nameOf = useStepName(session);
  const [asking, setAsking] = useState<Contribution | null>(null);
  const answers = useMemo(() => items.filter(({ parentId }) => parentId !== undefined), [items]);
  const groups = useMemo(() => byStep(items.filter(({ parentId }) => parentId === undefined)), [items]);
  const one = (item: Contribution) => (
    <ContributionItem
      {...actions}
      item={item}
      mine={item.author.id === meId}
      current={item.id === currentId}
      onDelete={onDelete && setAsking}
    />
  );
  return (
    <section
      className={appearing ? 'vs-written vs-written--appears' : 'vs-written'}
      aria-labelledby="written-title"
    >
      <h2 id="written-title" className="vs-together__title" tabIndex={-1}>
        {t('list.title')}
      </h2>
      {items.length === 0 && (
        <p className="vs-subtle">{t(isBlindNow(session) ? 'list.noneBlind' : 'list.none')}</p>
      )}
      {groups.map(({ step, items: group }) => (
        <div key={step} className="vs-written__step">
          <h3 className="vs-written__name">{nameOf(step)}</h3>
          {!isShown(session, step) && <p className="vs-subtle">{t('list.ownOnly')}</p>}
          <ul className="vs-written__list">
            {group.map((item) => (
              <li key={item.id}>
                {one(item)}
                {answers.some(({ parentId }) => parentId === item.id) && (
                  <ul className="vs-written__answers">
                    {answers
                      .filter(({ parentId }) => parentId === item.id)
                      .map((answer) => (
                        <li key={answer.id}>{one(answer)}</li>
                      ))}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {asking && (
        <AskFirst
          title={t('list.deleteSure')}
          yes={t('list.deleteYes')}
          no={t('app:cancel')}
          danger
          onClose={() => setAsking(null)}
          onYes={() => {
            onDelete?.(asking);
            setAsking(null);
          }}
        >
          <Paragraph>{t('list.deleteBody')}</Paragraph>
        </AskFirst>
      )}
    </section>
  );
}
