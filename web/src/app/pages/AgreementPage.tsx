import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { Agreement } from '../../features/sessions/Agreement';
import { useAgreement } from '../../features/sessions/useAgreement';
import { ActionLink } from '../../ui/ActionLink';
import { Asked } from '../../ui/Asked';
import { useAnnounce } from '../../ui/LiveRegion';
import { Page } from '../Page';
import { WithSession } from '../sessions/WithSession';

/** The safe-haven agreement: a page of its own, because it is read before anything is seen. */
export function AgreementPage() {
  const { sessionId = '' } = useParams();
  const { t } = useTranslation(['sessions', 'app']);
  const announce = useAnnounce();
  const navigate = useNavigate();
  const text = useAgreement();
  const back = `/sessies/${sessionId}`;
  const accepted = () => {
    announce(t('agreement.accepted'));
    void navigate(back, { replace: true });
  };
  return (
    <WithSession sessionId={sessionId}>
      {({ id, me }) => (
        <Page title={t('agreement.title')} lead={t('agreement.lead')}>
          <Asked query={text}>
            {(agreement) => (
              <Agreement sessionId={id} text={agreement} agreed={me.agreed} onAccepted={accepted}>
                <ActionLink to={back} appearance="secondary-action">
                  {t('app:back')}
                </ActionLink>
              </Agreement>
            )}
          </Asked>
        </Page>
      )}
    </WithSession>
  );
}
