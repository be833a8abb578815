// What every answer tells the browser to refuse. The page holds the keys of a call, so nothing
// foreign may run in it, frame it, or learn its address (the fragment never leaves the browser,
// but the room's name would).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sotto::bridge {

using HeaderList = std::vector<std::pair<std::string_view, std::string>>;

// `host` is the request's Host header; it goes into connect-src (older browsers do not count
// ws: as 'self') and only when it is a valid host.
HeaderList security_headers(std::string_view host, bool tls);

}  // namespace sotto::bridge
