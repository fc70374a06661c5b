// The one bundle of all pages, which share most of it; only the page that is shown is set up.
import './page.css';
import './parts.css';
import './keys.css';
import './case.css';

void (document.documentElement.dataset['page'] === 'case' ? import('./case.ts') : import('./newCase.ts'));
