import { useTranslation } from 'react-i18next';
import type { RegisterTimeline } from '../../api/types';
import { useDates } from '../../time/useDates';
import { useWords } from './words';

/** What the record proves, in plain pairs. */
export function Proof({ line }: { line: RegisterTimeline }) {
  const { t } = useTranslation('register');
  const dates = useDates();
  const words = useWords();
  const { record } = line;
  const pairs: [label: string, value: string, hint?: string][] = [
    [t('record.state'), t(`states.${record.state}`)],
    [t('record.klantmanager'), record.klantmanager || t('line.nobody'), t('record.klantmanagerHint')],
    [t('record.allowed'), words.scopes(record.scopes)],
    [t('record.method'), words.method(record.method)],
    [t('record.language'), words.language(record.language)],
    [
      t('record.text'),
      record.textVersion && t('record.textValue', { version: record.textVersion }),
      record.textHash,
    ],
    [t('record.ledger'), t(`record.ledgerState.${line.ledger}`)],
    [t('record.until'), dates.day(line.proofUntil)],
    [t('record.conversation'), record.conversationId],
    [t('record.number'), record.id],
  ];
  return (
    <section className="vs-section">
      <h2 className="utrecht-heading-2">{t('record.proof')}</h2>
      <dl className="vs-proof">
        {pairs
          .filter(([, value]) => value !== '')
          .map(([label, value, hint]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                {value}
                {hint && <span className="vs-subtle">{hint}</span>}
              </dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
