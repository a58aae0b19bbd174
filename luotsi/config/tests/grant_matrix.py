"""Who may open what of own shares, matters, decisions and obligations, in the form of the access matrix."""

GRANTS = """
GET  funding:list-own-shares                  in  200 200 200 200 200 404 404 200
GET  funding:see-own-share                    in  200 200 404 404 200 404 404 404
GET  funding:add-commitment                   in  200 403 404 404 200 404 404 404
GET  funding:edit-commitment                  in  200 403 404 404 200 404 404 404
POST funding:remove-commitment                in  302 403 404 404 302 404 404 404
GET  funding:list-matters                     in  200 200 404 404 200 404 404 404
GET  funding:begin-matter                     in  200 200 404 404 200 404 404 404
GET  funding:see-matter                       in  200 200 404 404 200 404 404 404
GET  funding:edit-matter                      in  200 200 404 404 200 404 404 404
GET  funding:decide-matter                    in  200 403 404 404 200 404 404 404
GET  funding:download-matter                  in  200 200 404 404 200 404 404 404
POST funding:renew-matter                     in  302 302 404 404 302 404 404 404
POST funding:fix-matter                       in  302 302 404 404 302 404 404 404
POST funding:reopen-matter                    in  302 302 404 404 302 404 404 404
POST funding:undecide-matter                  in  302 403 404 404 302 404 404 404
POST funding:discard-matter                   in  302 302 404 404 302 404 404 404
GET  funding:see-decision                     in  200 200 404 404 200 404 404 404
GET  funding:read-decision                    in  200 403 404 404 200 404 404 404
GET  funding:enter-decision                   in  200 403 404 404 200 404 404 404
GET  funding:correct-decision                 in  200 403 404 404 200 404 404 404
GET  funding:list-unit-obligations            in  200 200 200 200 200 404 404 200
GET  funding:list-obligations                 in  200 200 404 404 200 404 404 404
POST funding:do-obligation                    in  302 302 404 404 302 404 404 404
POST funding:undo-obligation                  in  302 302 404 404 302 404 404 404
GET  funding:download-obligations             in  200 200 200 200 200 404 404 200
GET  funding:subscribe-obligations            200 200 200 200 200 200 200 200 200
"""
