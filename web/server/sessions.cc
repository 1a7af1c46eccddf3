#include "web/server/sessions.h"

#include <chrono>

namespace dragoman::web {
namespace {

constexpr auto longest_wait = std::chrono::seconds(10);
constexpr std::size_t most_kept = 96;

Result<std::unique_ptr<Store>> open_store(const std::filesystem::path& path) {
  auto store = Store::open_for_reading(path);
  if (!store) return tl::unexpected(store.error());
  return std::make_unique<Store>(std::move(*store));
}

}  // namespace

Result<std::unique_ptr<Sessions>> Sessions::open(const std::filesystem::path& path, unsigned most) {
  std::unique_ptr<Sessions> sessions(new Sessions(path, most));
  for (auto* slot : {&sessions->watcher_, &sessions->free_.emplace_back()}) {
    auto store = open_store(path);
    if (!store) return tl::unexpected(store.error());
    *slot = std::move(*store);
  }
  sessions->open_ = 1;
  return sessions;
}

Result<Sessions::Loan> Sessions::borrow() {
  std::unique_ptr<Store> store;
  {
    std::unique_lock lock(mutex_);
    if (!free_.empty()) {
      store = std::move(free_.back());
      free_.pop_back();
    } else if (open_ < most_) {
      ++open_;
    } else {
      Waiter self;
      const auto place = waiting_.insert(waiting_.end(), &self);
      if (!self.called.wait_for(lock, longest_wait, [&] { return self.has_turn; })) {
        waiting_.erase(place);
        return fail(ErrorCode::busy, "too many questions at a time; try again");
      }
      store = std::move(self.store);
    }
  }
  if (!store) {
    auto opened = open_store(path_);
    if (!opened) {
      give_back(nullptr);
      return tl::unexpected(opened.error());
    }
    store = std::move(*opened);
  }
  auto begun = store->database().execute("BEGIN");
  if (!begun) {
    give_back(std::move(store));
    return tl::unexpected(begun.error());
  }
  return Loan(*this, std::move(store));
}

Sessions::Loan::~Loan() {
  if (!store_) return;
  (void)store_->database().check();  // what went wrong was looked at, or is of no more interest
  // A connection that can't end its transaction is not used again.
  if (!store_->database().execute("ROLLBACK")) store_.reset();
  sessions_->give_back(std::move(store_));
}

void Sessions::give_back(std::unique_ptr<Store> store) {
  const std::lock_guard lock(mutex_);
  if (!waiting_.empty()) {
    Waiter& next = *waiting_.front();
    waiting_.pop_front();
    next.store = std::move(store);  // without one, it opens its own
    next.has_turn = true;
    next.called.notify_one();       // under the lock: the waiter may be gone after that
  } else if (store) {
    free_.push_back(std::move(store));
  } else {
    --open_;
  }
}

std::int64_t Sessions::version() {
  const std::lock_guard lock(kept_mutex_);
  Query query = watcher_->database().prepare("PRAGMA data_version");
  const std::int64_t version = query.step() ? query.integer(0) : -1;
  query.run();
  (void)watcher_->database().check();  // a version of -1 is like no other: nothing is kept
  return version;
}

std::any Sessions::find(const std::string& key, std::int64_t version) {
  const std::lock_guard lock(kept_mutex_);
  if (version != kept_version_ || version < 0) return {};
  const auto found = kept_.find(key);
  return found == kept_.end() ? std::any() : found->second;
}

void Sessions::keep(const std::string& key, std::int64_t version, std::any value) {
  const std::lock_guard lock(kept_mutex_);
  if (version != kept_version_) {
    kept_.clear();
    order_.clear();
    kept_version_ = version;
  }
  if (!kept_.insert_or_assign(key, std::move(value)).second) return;
  order_.push_back(key);
  if (order_.size() <= most_kept) return;
  kept_.erase(order_.front());
  order_.erase(order_.begin());
}

}  // namespace dragoman::web
