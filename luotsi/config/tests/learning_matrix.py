"""Who may open what of learning, in the form of the access matrix.

After the nine of the cast, behind a bar, stand those whom only this room knows: Leo (counsellor of the school with a
caseload), Sanni (counsellor there without one), Tuure (teacher of the very group), Irma (secretary, who keeps the
register of studies) and Minna (a learner). `@group` is their group. A record is Minna's, unless the name of the
address says otherwise.
"""

LEARNING = """
GET  learning:see-room                        in  302 302 302 403 403 404 404 302 | 302 302 404 302 404
GET  learning:see-room@group                  in  302 302 302 403 403 404 404 302 | 302 302 302 302 403
GET  learning:see-figures                     in  200 200 200 403 403 404 404 200 | 200 200 404 200 404
GET  learning:see-figures@group               in  200 200 200 403 403 404 404 200 | 200 200 200 200 403
"""
