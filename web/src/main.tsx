import '@utrecht/component-library-css/dist/index.css';
import '@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css';
import './app/styles/index.css';
import './app/i18n';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { askAgainOnReturn } from './api/leave';
import { App } from './app/App';
import { rememberedLanguage } from './app/language';

askAgainOnReturn();
document.documentElement.lang = rememberedLanguage();

const root = document.getElementById('app');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
