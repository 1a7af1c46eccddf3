// The matrix as a table: one row for each holder and issue; for two holders also one row for each issue.
#pragma once

#include "dragoman/store/matrix.h"
#include "dragoman/view/table.h"

namespace dragoman {

[[nodiscard]] Table matrix_table(const std::vector<MatrixCell>& cells);
/// Issues down, the two holders across, and whether they agree.
[[nodiscard]] Table comparison_table(const std::vector<StancePair>& pairs, const std::string& one, const std::string& other);
/// "against > mixed > for"; "" if the stance never changed.
[[nodiscard]] std::string course_of(const MatrixCell& cell);

}  // namespace dragoman
