// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Division, LegState} from "./DealTypes.sol";

/// @title VerbHashing
/// @notice EIP-712 struct hashes of what parties sign after the terms. Each verb has its own type and is done
/// once: each use leaves the state that it needs, and a side rates once, so there are no nonces. A verb that
/// several live states allow names the one it was signed for, since no state but Active is ever entered twice,
/// and that with another occupant. No other names its state: what is signed before it comes is good when it
/// does, Accept for whatever is delivered then, and Rate however the leg closed.
library VerbHashing {
    bytes32 private constant _DELIVER_TYPEHASH =
        keccak256("Deliver(bytes32 dealId,uint8 leg,bytes32 deliverable,address occupant)");
    bytes32 private constant _ACCEPT_TYPEHASH = keccak256("Accept(bytes32 dealId,uint8 leg,uint8 rating)");
    bytes32 private constant _SUBSTITUTE_TYPEHASH = keccak256("Substitute(bytes32 dealId,uint8 leg)");
    bytes32 private constant _DISPUTE_TYPEHASH =
        keccak256("Dispute(bytes32 dealId,uint8 leg,bool delivered,bytes32 evidence)");
    bytes32 private constant _SETTLE_TYPEHASH = keccak256(
        "Settle(bytes32 dealId,uint8 leg,uint8 state,address occupant,uint128 toPayee,uint128 bondBack,uint40 validBefore)"
    );
    bytes32 private constant _RATE_TYPEHASH =
        keccak256("Rate(bytes32 dealId,uint8 leg,bool byClient,uint8 rating)");
    bytes32 private constant _DEPOSIT_TYPEHASH =
        keccak256("Deposit(address token,address account,uint256 amount,bytes32 salt)");

    /// @notice hashStruct of Deliver.
    function hashDeliver(bytes32 dealId, uint256 i, bytes32 deliverable, address occupant)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(_DELIVER_TYPEHASH, dealId, i, deliverable, occupant));
    }

    /// @notice hashStruct of Accept.
    function hashAccept(bytes32 dealId, uint256 i, uint8 rating) internal pure returns (bytes32) {
        return keccak256(abi.encode(_ACCEPT_TYPEHASH, dealId, i, rating));
    }

    /// @notice hashStruct of Substitute.
    function hashSubstitute(bytes32 dealId, uint256 i) internal pure returns (bytes32) {
        return keccak256(abi.encode(_SUBSTITUTE_TYPEHASH, dealId, i));
    }

    /// @notice hashStruct of Dispute. It says whether the leg was delivered, so that what a payee signed
    /// before its delivery is useless after it.
    function hashDispute(bytes32 dealId, uint256 i, bool delivered, bytes32 evidence)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(_DISPUTE_TYPEHASH, dealId, i, delivered, evidence));
    }

    /// @notice hashStruct of Settle. It names the state that the leg is in, so that what was signed of a leg at
    /// work is useless once it is delivered, and what was signed of a delivered one once it is disputed.
    function hashSettle(bytes32 dealId, uint256 i, LegState state, address occupant, Division calldata d)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(
            abi.encode(_SETTLE_TYPEHASH, dealId, i, state, occupant, d.toPayee, d.bondBack, d.validBefore)
        );
    }

    /// @notice hashStruct of Rate.
    function hashRate(bytes32 dealId, uint256 i, bool byClient, uint8 rating)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(_RATE_TYPEHASH, dealId, i, byClient, rating));
    }

    /// @notice hashStruct of Deposit.
    function hashDeposit(address token, address account, uint256 amount, bytes32 salt)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(_DEPOSIT_TYPEHASH, token, account, amount, salt));
    }
}
