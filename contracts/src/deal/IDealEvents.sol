// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IDealEvents
/// @notice Everything that happens to a deal and to credit, apart from `Closed`, which is a record too (see
/// ISettledReputation). Lanes, credit and records can be rebuilt from these logs alone.
interface IDealEvents {
    /// @notice A deal was opened and funded.
    /// @param dealId The deal.
    /// @param client Who paid.
    /// @param joinedBitmap Bit i is set if leg i is active.
    /// @param terms The words of the Head, then those of each Leg, verbatim: every exit needs them.
    event Opened(bytes32 indexed dealId, address indexed client, uint256 joinedBitmap, bytes terms);

    /// @notice A leg that was offered became active.
    /// @param dealId The deal.
    /// @param leg The leg, from 0.
    /// @param payee Who joined.
    event Joined(bytes32 indexed dealId, uint8 leg, address payee);

    /// @notice A leg was delivered.
    /// @param dealId The deal.
    /// @param leg The leg, from 0.
    /// @param payee Who delivered.
    /// @param late Seconds after due.
    /// @param deliverable Hash of what was delivered.
    /// @param uri Where it is; not signed, as the hash binds the content.
    event Delivered(
        bytes32 indexed dealId, uint8 leg, address payee, uint24 late, bytes32 deliverable, string uri
    );

    /// @notice The standby took a leg over, and with that the first payee's miss was recorded.
    /// @param dealId The deal.
    /// @param agentId The first payee's agent; 0 if it is not rated.
    /// @param leg The leg, from 0.
    /// @param newDue When the standby's delivery is due.
    /// @param bondToClient The first payee's whole bond.
    event Substituted(
        bytes32 indexed dealId, uint256 indexed agentId, uint8 leg, uint40 newDue, uint128 bondToClient
    );

    /// @notice A leg is the arbiter's to rule on.
    /// @param dealId The deal.
    /// @param leg The leg, from 0.
    /// @param by Who disputed; 0 if the client's silence calls the arbiter by the terms.
    /// @param rulingBy Until when the arbiter may rule.
    /// @param evidence Hash of the evidence; 0 for silence.
    /// @param uri Where it is; not signed, as the hash binds the content.
    event Disputed(
        bytes32 indexed dealId, uint8 leg, address by, uint40 rulingBy, bytes32 evidence, string uri
    );

    /// @notice A side of a closed leg rated the other.
    /// @param dealId The deal.
    /// @param agentId The agent that is rated; 0 if it has none, and then it is in no record.
    /// @param leg The leg, from 0.
    /// @param byClient Whether the client rated the payee, or the payee the client.
    /// @param rating 0 to 100.
    event Rated(bytes32 indexed dealId, uint256 indexed agentId, uint8 leg, bool byClient, uint8 rating);

    /// @notice An account put money in, to pay bonds or deals with.
    /// @param token The token.
    /// @param account Whose credit.
    /// @param amount Atomic units.
    event Deposited(address indexed token, address indexed account, uint256 amount);

    /// @notice A deal took a bond, or its whole total, out of an account's credit.
    /// @param token The token.
    /// @param account Whose credit.
    /// @param dealId The deal it went into.
    /// @param amount Atomic units.
    event Debited(address indexed token, address indexed account, bytes32 indexed dealId, uint256 amount);

    /// @notice A sum was set aside for an account: a fee, or a payout that the token refused.
    /// @param token The token.
    /// @param account Whose credit.
    /// @param dealId The deal it comes from.
    /// @param amount Atomic units.
    event Credited(address indexed token, address indexed account, bytes32 indexed dealId, uint256 amount);

    /// @notice An account took its credit.
    /// @param token The token.
    /// @param account Whose credit.
    /// @param to Where it went.
    /// @param amount Atomic units.
    event Withdrawn(address indexed token, address indexed account, address to, uint256 amount);
}
