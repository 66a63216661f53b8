// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Consent} from "./Consent.sol";
import {DealCore} from "./DealCore.sol";
import {Funding, FundingKind} from "./DealTypes.sol";
import {FundingRoutes} from "./FundingRoutes.sol";
import {IDealEscrow} from "./IDealEscrow.sol";
import {VerbHashing} from "./VerbHashing.sol";

/// @title Deposits
/// @notice Money that an account puts in ahead of the deals and bonds it will pay.
abstract contract Deposits is DealCore {
    /// @inheritdoc IDealEscrow
    function deposit(address token, address account, uint256 amount, bytes32 salt, Funding calldata funding)
        external
        nonReentrant
    {
        if (token.code.length == 0) revert TokenWithoutCode(token);
        // a signature of the digest could be used again as long as the allowance lasts
        if (funding.kind == FundingKind.ALLOWANCE) Consent.requireCaller(account);
        bytes32 digest = _hashTypedData(VerbHashing.hashDeposit(token, account, amount, salt));
        _addDeposit(token, account, amount);
        FundingRoutes.take(FundingRoutes.Due(digest, token, account, amount), funding);
    }
}
