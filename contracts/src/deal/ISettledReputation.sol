// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What an agent's closed legs add up to. Every member stays at its maximum rather than overflow.
/// @param volume Atomic units actually paid for its work, or by it as a client, platform fees included.
/// @param closed Records.
/// @param rated Records with a rating.
/// @param ratingSum Sum of those ratings, 0 to 100 each.
/// @param missed Records of a miss.
/// @param late Records of a late delivery.
/// @param lost Records that an arbiter's ruling decided against it.
struct SettledSummary {
    uint88 volume;
    uint32 closed;
    uint32 rated;
    uint40 ratingSum;
    uint24 missed;
    uint24 late;
    uint24 lost;
}

/// @title ISettledReputation
/// @notice What agents have settled, per agent, epoch, token and tag: one record per deal, leg and role,
/// written by the transition that closes the role's part, never revoked.
/// @dev Trust: a record proves that money moved in that token under signed terms; it does not prove that the
/// two parties are independent, as cycling one's own money costs gas and time only. Names a token because
/// anybody can mint one: read only tokens that you value. Safety: an agent's records move only by deals that
/// its wallet, owner or operator signed or sent in that epoch.
interface ISettledReputation {
    /// @notice A leg closed: its settlement and its record in one.
    /// @dev The payee's part of the price is toPayee + fee; the client's bond and retainer parts come apart,
    /// so that the accumulators can be folded from these events and the terms alone.
    /// @param dealId The deal.
    /// @param agentId The payee's agent; 0 if it is not rated.
    /// @param leg The leg, from 0.
    /// @param outcome The terminal LegState.
    /// @param rating The client's rating, 0 to 100; 255 for none.
    /// @param late Seconds after due at which it was delivered.
    /// @param toPayee Of the price to the payee, the platform fee taken off.
    /// @param toClient Of the price to the client.
    /// @param fee Of the price to the fee receiver.
    /// @param penalty What the delay took off the price before it was divided.
    /// @param arbFee Of the price to the arbiter.
    /// @param bondToClient Of the current payee's bond to the client; the rest went back.
    /// @param retainerTo Who got the retainer, and the bond of a standby that was never called; 0 for a leg
    /// without standby.
    /// @param reason The arbiter's reason hash; 0 otherwise.
    event Closed(
        bytes32 indexed dealId,
        uint256 indexed agentId,
        uint8 leg,
        uint8 outcome,
        uint8 rating,
        uint24 late,
        uint128 toPayee,
        uint128 toClient,
        uint128 fee,
        uint128 penalty,
        uint128 arbFee,
        uint128 bondToClient,
        address retainerTo,
        bytes32 reason
    );

    /// @notice An agent's record in its current epoch. Reverts for none; an unknown agent's is empty.
    /// @param agentId The agent.
    /// @param token The token that the deals were in.
    /// @param tag The legs' tag; keccak256("earnest.client") for what it did as a client.
    /// @return summary The record.
    function settledSummary(uint256 agentId, address token, bytes32 tag)
        external
        view
        returns (SettledSummary memory summary);

    /// @notice An agent's record in one epoch.
    /// @param agentId The agent.
    /// @param epoch The epoch; see IIdentityRegistry.agentWalletAndEpoch.
    /// @param token The token that the deals were in.
    /// @param tag The legs' tag; keccak256("earnest.client") for what it did as a client.
    /// @return summary The record.
    function settledSummaryAt(uint256 agentId, uint32 epoch, address token, bytes32 tag)
        external
        view
        returns (SettledSummary memory summary);
}
