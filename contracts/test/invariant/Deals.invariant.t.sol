// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LegState} from "../../src/deal/DealTypes.sol";
import {IDealEvents} from "../../src/deal/IDealEvents.sol";
import {Bazaar} from "./Bazaar.sol";

/// @notice The numbers are those of README.md beside this file.
contract DealsInvariantTest {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Bazaar private bazaar;

    function setUp() public {
        bazaar = new Bazaar();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(bazaar);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory chosen) {
        bytes4[] memory actions = new bytes4[](19);
        actions[0] = Bazaar.doOpen.selector;
        actions[1] = Bazaar.doDeliver.selector;
        actions[2] = Bazaar.doAccept.selector;
        actions[3] = Bazaar.doAcceptMany.selector;
        actions[4] = Bazaar.doLapse.selector;
        actions[5] = Bazaar.doWithdraw.selector;
        actions[6] = Bazaar.doWarp.selector;
        actions[7] = Bazaar.doUpset.selector;
        actions[8] = Bazaar.doSell.selector;
        actions[9] = Bazaar.doProbe.selector;
        actions[10] = Bazaar.doDeposit.selector;
        actions[11] = Bazaar.doJoin.selector;
        actions[12] = Bazaar.doSubstitute.selector;
        actions[13] = Bazaar.doDispute.selector;
        actions[14] = Bazaar.doRule.selector;
        actions[15] = Bazaar.doSettle.selector;
        actions[16] = Bazaar.doRate.selector;
        actions[17] = Bazaar.doEstrange.selector;
        actions[18] = Bazaar.doReplay.selector;
        chosen = new FuzzSelector[](1);
        chosen[0] = FuzzSelector(address(bazaar), actions);
    }

    /// The predictions are worth nothing where no verb ever succeeds: in one long walk of fixed seeds each does,
    /// and each end is reached, more than once.
    function test_theBazaarReachesEverything() public {
        bytes4[] memory actions = targetSelectors()[0].selectors;
        for (uint256 i = 0; i < 4000; ++i) {
            uint256 seed = uint256(keccak256(abi.encode("walk", i)));
            bytes4 action = i % 9 == 0 ? Bazaar.doWarp.selector : actions[seed % actions.length];
            if (i % 27 == 4) action = Bazaar.doOpen.selector;
            if (i % 9 == 7) action = Bazaar.doUpset.selector;
            if (action == Bazaar.doWarp.selector) seed %= 6 hours;
            (bool ok, bytes memory why) =
                address(bazaar).call(abi.encodeWithSelector(action, seed, seed >> 3 & 0xff));
            if (!ok) {
                assembly ("memory-safe") {
                    revert(add(why, 0x20), mload(why))
                }
            }
        }
        bytes32[8] memory topics = [
            IDealEvents.Opened.selector,
            IDealEvents.Joined.selector,
            IDealEvents.Delivered.selector,
            IDealEvents.Substituted.selector,
            IDealEvents.Disputed.selector,
            IDealEvents.Rated.selector,
            IDealEvents.Debited.selector,
            IDealEvents.Withdrawn.selector
        ];
        for (uint256 i = 0; i < topics.length; ++i) {
            if (bazaar.logged(topics[i]) < 3) revert TooSeldom(i, bazaar.logged(topics[i]));
        }
        for (LegState end = LegState.Accepted; end < LegState.Withdrawn; end = LegState(uint8(end) + 1)) {
            if (bazaar.ended(end) < 2) revert TooSeldom(uint256(end) + 100, bazaar.ended(end));
        }
        for (uint256 t = 0; t < 13; ++t) {
            address token = bazaar.tokens(t);
            if (bazaar.opens(token) == 0) revert TooSeldom(t + 200, 0);
            // those that refuse outright
            if (t > 2 && t != 5 && t != 7 && t < 9 && bazaar.refusals(token) == 0) {
                revert TooSeldom(t + 300, 0);
            }
        }
        if (bazaar.replays() < 50) revert TooSeldom(400, bazaar.replays());
        if (bazaar.starved() < 10) revert TooSeldom(401, bazaar.starved());
        if (bazaar.survived() < 10) revert TooSeldom(402, bazaar.survived());
        bazaar.checkSolvent();
        bazaar.checkBalances();
        bazaar.checkLanes();
        bazaar.checkRecords();
    }

    error TooSeldom(uint256 what, uint256 times);

    /// One invariant for all: forge walks the same walks for each invariant of a contract, since all start from
    /// the same seed. The numbers of each check are with it.
    function invariant_everythingHolds() public view {
        bazaar.checkSolvent();
        bazaar.checkBalances();
        bazaar.checkLanes();
        bazaar.checkRecords();
    }

    /// Number 5, at the end of every run.
    function afterInvariant() public {
        bazaar.closeEverything();
        bazaar.checkSolvent();
        bazaar.withdrawEverything();
        bazaar.checkSolvent();
        bazaar.checkBalances();
        bazaar.checkRecords();
    }
}
