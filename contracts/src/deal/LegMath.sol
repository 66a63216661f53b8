// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title LegMath
/// @notice The money of one leg. Every division rounds down, and what is left over goes to the client.
library LegMath {
    /// @notice 100 %.
    uint256 internal constant BPS = 10_000;

    /// @notice What a late delivery loses of its price: a straight line from 0 at due to `penaltyMax` at
    /// due + grace.
    /// @param penaltyMax The most it can lose.
    /// @param late Seconds after due.
    /// @param grace Seconds after due at which all of it is lost; more than 0 if `late` is.
    /// @return Atomic units.
    function penalty(uint256 penaltyMax, uint256 late, uint256 grace) internal pure returns (uint256) {
        if (late == 0) return 0;
        // 2^128 * 2^24 cannot overflow
        unchecked {
            return penaltyMax * (late < grace ? late : grace) / grace;
        }
    }

    /// @notice A share of a sum.
    /// @param sum Atomic units, below 2^128.
    /// @param bps The share in basis points, 10000 at most.
    /// @return Atomic units.
    function share(uint256 sum, uint256 bps) internal pure returns (uint256) {
        unchecked {
            return sum * bps / BPS;
        }
    }

    /// @notice Divides a leg's price.
    /// @param amount The price.
    /// @param lost The delay penalty.
    /// @param arbiterFeeBps The arbiter's share of what the penalty leaves; 0 unless it ruled.
    /// @param payeeBps The payee's share of what penalty and arbiter leave.
    /// @param feeBps The platform's share of what the payee is paid.
    /// @return arbFee The arbiter's fee.
    /// @return gross What is paid for the work, the platform fee within it; the rest is the client's.
    /// @return fee The platform fee.
    function divide(uint256 amount, uint256 lost, uint256 arbiterFeeBps, uint256 payeeBps, uint256 feeBps)
        internal
        pure
        returns (uint256 arbFee, uint256 gross, uint256 fee)
    {
        // lost <= amount < 2^128 by the terms, and no share is above the whole
        unchecked {
            uint256 net = amount - lost;
            if (arbiterFeeBps != 0) arbFee = share(net, arbiterFeeBps);
            gross = share(net - arbFee, payeeBps);
            fee = share(gross, feeBps);
        }
    }
}
