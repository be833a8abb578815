// A native member as a process: a request a line on stdin, on stdout its answer, and in between
// what the group wants sent and shown. The transport is whoever started it; the clock is real.
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <iostream>
#include <string>

#include "native/group_member/member.h"

namespace {

using nlohmann::json;

std::int64_t now_us() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
}

void print(const json& line) {
  std::cout << line.dump() << '\n';
}

void print_output(sotto::GroupMemberProcess& member) {
  for (const json& output : member.take_output()) print(output);
  std::cout.flush();
}

int milliseconds_to_wait(const sotto::GroupMemberProcess& member) {
  constexpr std::int64_t kLook = 500;  // keys whose time is over go twice a second
  const auto at = member.next_timeout();
  if (!at) return kLook;
  return static_cast<int>(std::clamp<std::int64_t>((*at - now_us() + 999) / 1000, 0, kLook));
}

}  // namespace

int main() {
  sotto::GroupMemberProcess member;
  std::string waiting;
  for (;;) {
    pollfd input = {STDIN_FILENO, POLLIN, 0};
    if (poll(&input, 1, milliseconds_to_wait(member)) > 0) {
      std::array<char, 65536> chunk{};
      const ssize_t size = read(STDIN_FILENO, chunk.data(), chunk.size());
      if (size <= 0) return 0;
      waiting.append(chunk.data(), static_cast<std::size_t>(size));
    }
    std::size_t begin = 0;
    for (std::size_t end; (end = waiting.find('\n', begin)) != std::string::npos; begin = end + 1) {
      const json request = json::parse(waiting.substr(begin, end - begin));
      json answer = member.answer(request, now_us());
      answer["type"] = "answer";
      answer["request"] = request.at("request");
      print(answer);
      print_output(member);
    }
    waiting.erase(0, begin);
    member.handle_timeout(now_us());
    print_output(member);
  }
}
