#include "net/websocket_hub.h"

#include <utility>

namespace sotto::bridge {

SocketId WebSocketHub::add(std::shared_ptr<WebSocketSession> session) {
  sessions_.emplace(++last_, std::move(session));
  return last_;
}

void WebSocketHub::remove(SocketId socket) {
  sessions_.erase(socket);
}

void WebSocketHub::send(SocketId socket, std::string text) {
  auto found = sessions_.find(socket);
  if (found != sessions_.end()) found->second->send(std::move(text));
}

void WebSocketHub::send(SocketId socket, SharedBinary frame) {
  auto found = sessions_.find(socket);
  if (found != sessions_.end()) found->second->send(std::move(frame));
}

void WebSocketHub::close(SocketId socket, std::uint16_t code, std::string reason) {
  auto found = sessions_.find(socket);
  if (found != sessions_.end()) found->second->close(code, std::move(reason));
}

}  // namespace sotto::bridge
