// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title TermsLimits
/// @notice Bounds on terms, and the values in them that have a meaning of their own.
library TermsLimits {
    /// @notice Legs of a deal at most.
    uint256 internal constant MAX_LEGS = 64;
    /// @notice Platform fee and arbiter's fee at most, in basis points.
    uint256 internal constant MAX_FEE_BPS = 1000;
    /// @notice How far ahead a leg may be due, in seconds.
    uint256 internal constant MAX_DUE_AHEAD = 5 * 365 days;
    /// @notice Grace at most, in seconds: what a lane's `late` can hold.
    uint256 internal constant MAX_GRACE = type(uint24).max;
    /// @notice Review at most, in seconds.
    uint256 internal constant MAX_REVIEW = 180 days;
    /// @notice The arbiter's time to rule at most, in seconds: room for a court with appeals.
    uint256 internal constant MAX_RULING_TIME = 365 days;
    /// @notice A standby's time to take over at most, in seconds; a wait for one party, as the review is.
    uint256 internal constant MAX_CALL_WINDOW = 180 days;
    /// @notice The time at most, in seconds, that a standby then has to deliver.
    uint256 internal constant MAX_STANDBY_TIME = 365 days;
    /// @notice The silenceBps that calls the arbiter.
    uint256 internal constant ESCALATE = type(uint16).max;
    /// @notice The tag of agents' records as clients.
    bytes32 internal constant CLIENT_TAG = keccak256("earnest.client");
}
