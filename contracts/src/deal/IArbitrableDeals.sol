// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Head, Leg} from "./DealTypes.sol";

/// @title IArbitrableDeals
/// @notice The escrow as an arbiter sees it. An arbiter is any address that calls `rule`; nothing of it is
/// ever called, and it need not have agreed: an unaware arbiter is a silent one.
interface IArbitrableDeals {
    /// @notice Decides a disputed leg, until rulingTime after the dispute; by the deal's arbiter. The
    /// arbiter's fee is taken from the price and becomes its credit.
    /// @dev The delay penalty, the retainer and other legs are not the arbiter's to touch.
    /// @param head The deal's head.
    /// @param siblings hashLeg of the other legs, in their order.
    /// @param i The leg's index.
    /// @param leg The leg.
    /// @param payeeBps The payee's share of the price, less penalty and fee; 0 to 10000.
    /// @param bondBps What the payee gets back of its bond, 0 to 10000; the rest goes to the client.
    /// @param reason Hash of the reason.
    /// @return dealId The deal's id.
    function rule(
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        uint16 payeeBps,
        uint16 bondBps,
        bytes32 reason
    ) external returns (bytes32 dealId);

    /// @notice Where a leg is.
    /// @param dealId The deal.
    /// @param i The leg's index.
    /// @return state The LegState; None for a deal or leg that is not there.
    /// @return flags 1 substituted, 2 client has rated, 4 payee has rated, 8 disputed before delivery.
    /// @return ts Unix seconds: when it was delivered or closed; in Disputed when the ruling time began; in
    /// Active when the standby took over (0 if none did).
    /// @return late Seconds after due at which it was delivered.
    function legState(bytes32 dealId, uint256 i)
        external
        view
        returns (uint8 state, uint8 flags, uint32 ts, uint24 late);

    /// @notice Sends the caller's whole credit in a token to any address.
    /// @param token The token.
    /// @param to The receiver; neither zero nor the escrow.
    /// @return amount Atomic units.
    function withdraw(address token, address to) external returns (uint256 amount);
}
