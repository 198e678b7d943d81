import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegisterClosing, RegisterTimeline } from '../../api/types';
import { ProposeDialog } from './ProposeDialog';
import { UnmaskDialog } from './UnmaskDialog';

type Kind = RegisterClosing['kind'];

/** What may be proposed for someone: what can be undone stands out, erasing never does. */
export function RecordActions({ line }: { line: RegisterTimeline }) {
  const { t } = useTranslation('register');
  const [open, setOpen] = useState<Kind | 'unmask'>();
  const { can, record } = line;
  const waits = (kind: Kind) => line.closings.some((c) => c.kind === kind && c.state === 'waiting');
  const offered = (
    [
      ['paused', can.pause],
      ['resumed', can.resume],
      ['revoked', can.end],
      ['invalidated', can.end],
    ] as const
  ).filter(([kind, may]) => may && !waits(kind));
  if (offered.length === 0 && !can.unmask) return null;
  const close = () => setOpen(undefined);
  return (
    <section className="vs-section">
      <h2 className="utrecht-heading-2">{t(offered.length > 0 ? 'act.title' : 'record.klantmanager')}</h2>
      {can.pause && <Paragraph>{t('act.lostCard')}</Paragraph>}
      {can.end && <p className="vs-subtle">{t('act.two')}</p>}
      <div className="vs-actions">
        {offered.map(([kind]) => (
          <Button
            key={kind}
            appearance={
              kind === 'paused' || kind === 'resumed' ? 'primary-action-button' : 'secondary-action-button'
            }
            onClick={() => setOpen(kind)}
          >
            {t(`act.${kind}`)}
          </Button>
        ))}
        {can.unmask && (
          <Button appearance="subtle-button" onClick={() => setOpen('unmask')}>
            {t('act.unmask')}
          </Button>
        )}
      </div>
      {open === 'unmask' && <UnmaskDialog recordId={record.id} onClose={close} />}
      {open && open !== 'unmask' && <ProposeDialog recordId={record.id} kind={open} onClose={close} />}
    </section>
  );
}
