// Shows what needs passkeys only where the browser has them, and says so when one was not used.
document.addEventListener('DOMContentLoaded', () => {
  for (const part of document.querySelectorAll('[data-passkey]')) {
    part.hidden = !window.PublicKeyCredential
  }
})
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  const notice = document.getElementById('passkey-failed')
  if (notice) {
    notice.hidden = false
    notice.focus()
  }
})
