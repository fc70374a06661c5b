// The one bundle of all pages, which share most of it; only the page that is shown is set up.
import './page.css';
import './parts.css';
import './keys.css';
import './case.css';

const { page } = document.documentElement.dataset;
if (page === 'case') void import('./case.ts');
else if (page === 'incident') void import('./incident.ts');
else void import('./newCase.ts');
