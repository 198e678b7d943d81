import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { api } from '../../api/client';
import { emptyPlan, planBody } from '../../features/sessions/planForm';
import { Page } from '../Page';
import { SessionForm } from '../sessions/SessionForm';

/** Planning a session, on one page. It stays a draft until it is opened. */
export function NewSessionPage() {
  const { t } = useTranslation('sessions');
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const from = search.get('opname');
  const create = api.useMutation('post', '/review-sessions', {
    onSuccess: ({ id }) => {
      const query = from ? `?${new URLSearchParams({ opname: from })}` : '';
      void navigate(`/sessies/${id}${query}`, { replace: true });
    },
  });
  return (
    <Page title={t('new')}>
      <SessionForm
        first={emptyPlan()}
        isNew
        saving={create.isPending}
        error={create.error}
        onSave={(form) => create.mutate({ body: planBody(form) })}
      />
    </Page>
  );
}
