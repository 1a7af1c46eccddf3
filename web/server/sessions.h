// Sessions: the store as the server reads it: a few read-only connections that requests borrow, and answers that are kept until the store
// changes.
#pragma once

#include <any>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "dragoman/store/store.h"

namespace dragoman::web {

class Sessions {
 public:
  /// Opens one connection at once, so that what is wrong with the store is said before the server starts; others as they are needed.
  [[nodiscard]] static Result<std::unique_ptr<Sessions>> open(const std::filesystem::path& store, unsigned most);

  /// A connection of one's own until it is destroyed, in a transaction, so that all it reads is of one state of the store.
  class Loan {
   public:
    Loan(Loan&&) noexcept = default;
    ~Loan();
    [[nodiscard]] Database& database() { return store_->database(); }

   private:
    friend class Sessions;
    Loan(Sessions& sessions, std::unique_ptr<Store> store) : sessions_(&sessions), store_(std::move(store)) {}
    Sessions* sessions_;
    std::unique_ptr<Store> store_;
  };
  /// `busy` where all are taken for longer than anybody should wait.
  [[nodiscard]] Result<Loan> borrow();

  /// What `make` gives, from the last time if the store has not changed since then.
  template <class Value>
  [[nodiscard]] std::shared_ptr<const Value> kept(const std::string& key, const std::function<Value()>& make) {
    const std::int64_t version = this->version();
    if (auto found = find(key, version); found.has_value()) return std::any_cast<std::shared_ptr<const Value>>(found);
    auto value = std::make_shared<const Value>(make());
    keep(key, version, value);
    return value;
  }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit Sessions(std::filesystem::path path, unsigned most) : path_(std::move(path)), most_(most) {}
  void give_back(std::unique_ptr<Store> store);
  std::int64_t version();
  std::any find(const std::string& key, std::int64_t version);
  void keep(const std::string& key, std::int64_t version, std::any value);

  std::filesystem::path path_;
  unsigned most_, open_ = 0;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Store>> free_;
  struct Waiter {
    std::condition_variable called;
    std::unique_ptr<Store> store;
    bool has_turn = false;
  };
  std::list<Waiter*> waiting_;  ///< who came first has the first turn

  std::mutex kept_mutex_;
  std::unique_ptr<Store> watcher_;  ///< is asked whether others changed the store
  std::unordered_map<std::string, std::any> kept_;
  std::vector<std::string> order_;  ///< keys, oldest first
  std::int64_t kept_version_ = 0;
};

}  // namespace dragoman::web
