#include "process/bridge_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>
#include <utility>

extern char** environ;

namespace sotto::test {
namespace {

using namespace std::chrono_literals;

std::string contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

// The number behind " NAME=" in a text log.
std::uint16_t number_after(const std::string& log, const std::string& name) {
  auto at = log.find(" " + name + "=");
  if (at == log.npos) return 0;
  return static_cast<std::uint16_t>(std::atoi(log.c_str() + at + name.size() + 2));
}

std::vector<std::string> with_free_ports(std::vector<std::string> arguments) {
  auto has = [&](const char* name) {
    return std::ranges::find(arguments, name) != arguments.end();
  };
  auto add = [&](const char* name, const char* value) {
    if (!has(name)) arguments.insert(arguments.end(), {name, value});
  };
  add("--host", "127.0.0.1");
  add("--port", "0");
  add("--media-port", "0");
  return arguments;
}

}  // namespace

BridgeProcess::BridgeProcess(std::vector<std::string> arguments)
    : BridgeProcess(with_free_ports(std::move(arguments)), true) {}

BridgeProcess BridgeProcess::exactly(std::vector<std::string> arguments) {
  return BridgeProcess(std::move(arguments), true);
}

BridgeProcess::BridgeProcess(std::vector<std::string> arguments, bool) {
  std::string name = (std::filesystem::temp_directory_path() / "sotto-process-XXXXXX").string();
  if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
  folder_ = name;
  spawn(arguments);
}

BridgeProcess::BridgeProcess(BridgeProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      status_(other.status_),
      folder_(std::exchange(other.folder_, "")),
      port_(other.port_),
      media_port_(other.media_port_) {}

BridgeProcess::~BridgeProcess() {
  if (pid_ > 0 && alive()) {
    signal(SIGKILL);
    wait(5s);
  }
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

void BridgeProcess::spawn(const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {SOTTO_BRIDGE_BINARY};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  constexpr int kFlags = O_WRONLY | O_CREAT | O_APPEND;
  posix_spawn_file_actions_addopen(&actions, 1, (folder_ + "/out").c_str(), kFlags, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, (folder_ + "/log").c_str(), kFlags, 0600);
  int error = posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error("cannot start " SOTTO_BRIDGE_BINARY);
}

bool BridgeProcess::listening() {
  for (int i = 0; i < 1000 && alive(); ++i) {
    std::string text = log();
    auto line = text.find(" listening ");
    if (line != text.npos && text.find('\n', line) != text.npos) {
      port_ = number_after(text, "port");
      media_port_ = number_after(text, "media-port");
      return true;
    }
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

void BridgeProcess::signal(int number) const {
  kill(pid_, number);
}

bool BridgeProcess::alive() {
  return !wait(0ms).has_value();
}

std::optional<int> BridgeProcess::wait(std::chrono::milliseconds limit) {
  auto deadline = std::chrono::steady_clock::now() + limit;
  while (!status_) {
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) {
      status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    } else if (std::chrono::steady_clock::now() >= deadline) {
      return {};
    } else {
      std::this_thread::sleep_for(5ms);
    }
  }
  return status_;
}

std::string BridgeProcess::log() const {
  return contents(folder_ + "/log");
}

std::string BridgeProcess::output() const {
  return contents(folder_ + "/out");
}

std::size_t BridgeProcess::resident_kib() const {
  std::string status = contents("/proc/" + std::to_string(pid_) + "/status");
  auto at = status.find("VmRSS:");
  return at == status.npos ? 0 : std::strtoul(status.c_str() + at + 6, nullptr, 10);
}

std::string BridgeProcess::health() const {
  namespace beast = boost::beast;
  boost::asio::io_context io;
  boost::asio::ip::tcp::socket socket(io);
  boost::system::error_code error;
  socket.connect({boost::asio::ip::make_address("127.0.0.1"), port_}, error);
  if (error) return "";
  beast::http::request<beast::http::empty_body> request(beast::http::verb::get, "/healthz", 11);
  request.set(beast::http::field::host, "127.0.0.1");
  request.set(beast::http::field::connection, "close");
  beast::http::write(socket, request, error);
  beast::flat_buffer buffer;
  beast::http::response<beast::http::string_body> response;
  if (!error) beast::http::read(socket, buffer, response, error);
  if (error || response.result_int() != 200) return "";
  return response.body();
}

}  // namespace sotto::test
