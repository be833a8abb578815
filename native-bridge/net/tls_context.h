// The certificate of the HTTPS port.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>
#include <variant>

namespace sotto::bridge {

using TlsContext = std::shared_ptr<boost::asio::ssl::context>;

// TLS 1.2 and 1.3. A sentence for the operator when a file cannot be used.
std::variant<TlsContext, std::string> load_tls(const std::string& cert_file,
                                               const std::string& key_file);

}  // namespace sotto::bridge
