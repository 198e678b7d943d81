import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { NewConversationForm } from '../../features/conversations/NewConversationForm';
import { OpenStep } from '../../features/next-steps/OpenStep';
import { Step } from '../../ui/Step';
import { Page } from '../Page';

export function NewConversationPage() {
  const { t } = useTranslation('conversations');
  const navigate = useNavigate();
  return (
    <Page title={t('new')}>
      <OpenStep />
      <Step number={1} title={t('steps.table')} state="current">
        <NewConversationForm onMade={({ id }) => void navigate(`/gesprekken/${id}`, { replace: true })} />
      </Step>
      <Step number={2} title={t('steps.consent')} state="later" />
      <Step number={3} title={t('steps.film')} state="later" />
    </Page>
  );
}
