#include "net/tls_context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include "dtls/certificate.h"
#include "native-bridge/net/running_server.h"

namespace sotto::bridge {
namespace {

namespace asio = boost::asio;
using testing::HasSubstr;
using testing::StartsWith;

struct PemFiles {
  std::string cert;
  std::string key;
};

PemFiles write_pem(const std::string& name) {
  PemFiles files{testing::TempDir() + "/" + name + ".cert.pem",
                 testing::TempDir() + "/" + name + ".key.pem"};
  auto certificate = Certificate::generate();
  FILE* cert = std::fopen(files.cert.c_str(), "w");
  PEM_write_X509(cert, certificate->x509.get());
  std::fclose(cert);
  FILE* key = std::fopen(files.key.c_str(), "w");
  PEM_write_PrivateKey(key, certificate->key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(key);
  return files;
}

TlsContext loaded(const PemFiles& files) {
  auto context = load_tls(files.cert, files.key);
  if (auto* error = std::get_if<std::string>(&context)) ADD_FAILURE() << *error;
  return std::get<TlsContext>(context);
}

// What a client of TLS `version` gets for GET /healthz; "" when the handshake fails.
std::string fetch(std::uint16_t port, int version) {
  asio::io_context io;
  asio::ssl::context context(asio::ssl::context::tls_client);
  SSL_CTX_set_security_level(context.native_handle(),
                             0);  // so that old versions are really offered
  SSL_CTX_set_min_proto_version(context.native_handle(), version);
  SSL_CTX_set_max_proto_version(context.native_handle(), version);
  asio::ssl::stream<asio::ip::tcp::socket> stream(io, context);
  stream.lowest_layer().connect({asio::ip::make_address("127.0.0.1"), port});
  boost::system::error_code error;
  stream.handshake(asio::ssl::stream_base::client, error);
  if (error) return "";
  std::string request = "GET /healthz HTTP/1.1\r\nHost: meet.example\r\nConnection: close\r\n\r\n";
  asio::write(stream, asio::buffer(request), error);
  std::string answer;
  char piece[4096];
  while (!error) {
    std::size_t size = stream.read_some(asio::buffer(piece), error);
    answer.append(piece, size);
  }
  return answer;
}

TEST(TlsContext, PagesAreServedOverCurrentVersionsOnly) {
  RunningServer server({}, {}, loaded(write_pem("good")));
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    std::string answer = fetch(server.port(), version);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK")) << version;
    EXPECT_THAT(answer, HasSubstr("Strict-Transport-Security"));
  }
  for (int version : {TLS1_VERSION, TLS1_1_VERSION}) EXPECT_EQ(fetch(server.port(), version), "");
}

TEST(TlsContext, PlainRequestToATlsPortGetsNothingAndHarmsNobody) {
  RunningServer server({}, {}, loaded(write_pem("plain")));
  asio::io_context io;
  asio::ip::tcp::socket socket(io);
  socket.connect({asio::ip::make_address("127.0.0.1"), server.port()});
  asio::write(socket, asio::buffer(std::string("GET / HTTP/1.1\r\nHost: h\r\n\r\n")));
  std::string answer(4096, 0);
  boost::system::error_code error;
  std::size_t size = 0;
  while (!error)
    size += socket.read_some(asio::buffer(answer.data() + size, answer.size() - size), error);
  EXPECT_EQ(answer.substr(0, size).find("HTTP/1.1 200"), std::string::npos);
  EXPECT_THAT(fetch(server.port(), TLS1_3_VERSION), StartsWith("HTTP/1.1 200 OK"));
}

TEST(TlsContext, FilesThatCannotBeUsedAreToldByName) {
  auto error = [](const std::string& cert, const std::string& key) {
    auto context = load_tls(cert, key);
    auto* text = std::get_if<std::string>(&context);
    return text ? *text : "(no error)";
  };
  PemFiles one = write_pem("one");
  PemFiles two = write_pem("two");
  EXPECT_THAT(error("/nowhere.pem", one.key), HasSubstr("--tls-cert: cannot use '/nowhere.pem'"));
  EXPECT_THAT(error(one.cert, "/nowhere.pem"), HasSubstr("--tls-key: cannot use '/nowhere.pem'"));
  EXPECT_THAT(error(one.key, one.key), HasSubstr("--tls-cert"));
  EXPECT_THAT(error(one.cert, two.key), HasSubstr(two.key));
}

}  // namespace
}  // namespace sotto::bridge
