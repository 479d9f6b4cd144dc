/**
 * The one script of a page. It only adds: a page does all of its work without it (WEB7). It shows and hides a password,
 * lets a person wait before the next code is sent, and sends a code that was pasted or filled in.
 */
export const pageScript = `
(()=>{
const d=document;
for(const i of d.querySelectorAll('input[data-show]')){
const b=d.createElement('button');b.type='button';b.className='reveal';b.setAttribute('aria-controls',i.id);
const set=on=>{i.type=on?'text':'password';b.textContent=on?i.dataset.hide:i.dataset.show;b.setAttribute('aria-pressed',String(on))};
b.onclick=()=>set(i.type==='password');set(false);i.after(b);i.form.addEventListener('submit',()=>set(false))}
for(const b of d.querySelectorAll('button[data-wait]')){
const t=b.textContent,n=new Intl.NumberFormat(d.documentElement.lang);let s=Number(b.dataset.wait);
const tick=()=>{if(s<=0){b.disabled=false;b.textContent=t;return}b.disabled=true;b.textContent=t+' ('+n.format(s)+')';s--;setTimeout(tick,1000)};tick()}
const c=d.getElementById('code');
if(c&&c.dataset.alone)c.addEventListener('input',e=>{const v=c.value.replace(/\\s/g,'');
if(/^\\d{6}$/.test(v)&&e.inputType!=='insertText'&&e.inputType!=='deleteContentBackward')c.form.requestSubmit()})
})()`
  .trim()
  .replaceAll('\n', '');
