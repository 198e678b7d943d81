import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { InstallationHealth } from '../../api/types';
import { Asked } from '../../ui/Asked';
import { Message } from '../../ui/Message';
import { duration } from './amount';

const ASK_AGAIN_MS = 10_000;
const parts = ['database', 'store'] as const;

function Answers({ health }: { health: InstallationHealth }) {
  const { t, i18n } = useTranslation('administration');
  const waits = health.erasureWaitsSeconds;
  return (
    <>
      <dl className="vs-facts">
        {parts.map((part) => (
          <div key={part}>
            <dt>{t(`health.${part}`)}</dt>
            <dd>{t(health[part] ? 'health.answers' : 'health.silent')}</dd>
          </div>
        ))}
        {health.keyHolders.map((answers, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a holder is known by its place alone
          <div key={place}>
            <dt>{t('health.keys', { number: place + 1 })}</dt>
            <dd>{t(answers ? 'health.answers' : 'health.silent')}</dd>
          </div>
        ))}
        {waits === undefined && (
          <div>
            <dt>{t('health.erasing')}</dt>
            <dd>{t('health.inTime')}</dd>
          </div>
        )}
      </dl>
      {health.keys && health.keyHolders.includes(false) && (
        <Message type="warning">{t('health.someSilent')}</Message>
      )}
      {waits !== undefined && (
        <Message type="warning">
          {t('health.waits', { duration: duration(i18n.language, Math.floor(waits / 60) * 60) })}
        </Message>
      )}
    </>
  );
}

/** Whether what the program depends on answers; nothing that moves with one person. */
export function Health() {
  const query = api.useQuery('get', '/administration/health', {}, { refetchInterval: ASK_AGAIN_MS });
  return <Asked query={query}>{(health) => <Answers health={health} />}</Asked>;
}
